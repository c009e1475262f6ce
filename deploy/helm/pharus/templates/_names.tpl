{{- define "pharus.labels" -}}
app.kubernetes.io/name: pharus
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
