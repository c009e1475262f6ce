// A paper: shown in a window in front, and to be kept.
import { useEffect, useState } from "preact/hooks";
import { Button, Dialog, Problem } from "../parts/basics.tsx";
import { useSubmit } from "../parts/submit.ts";
import { call, may, save } from "../session.ts";
import type { OperationId } from "../session.ts";
import { TEXTS } from "../texts.ts";

export function PdfButton({ operation, id, name, label }: { operation: OperationId; id: string; name: string; label?: string }) {
  const [file, setFile] = useState<File | null>(null);
  const { isBusy, problems, submit } = useSubmit(async (_: null) => {
    const bytes = (await call(operation, id)) as Uint8Array<ArrayBuffer>;
    return new File([bytes], name, { type: "application/pdf" });
  }, setFile);
  if (!may(operation)) return null;
  return (
    <>
      <Button isBusy={isBusy} onClick={() => void submit(null)}>
        {label ?? TEXTS.orders.pdf}
      </Button>
      <Problem problems={problems} />
      {file !== null && (
        <Dialog title={file.name} wide onClose={() => setFile(null)}>
          <Preview file={file} />
          <div class="buttons">
            <Button look="primary" onClick={() => save(file)}>
              {TEXTS.actions.save}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

function Preview({ file }: { file: File }) {
  const [address, setAddress] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address === "" ? null : <iframe class="paper" src={address} title={file.name} />;
}
