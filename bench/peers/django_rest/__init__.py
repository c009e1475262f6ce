"""Django REST framework as its advocates write it for speed: no middleware nobody needs, persistent connections,
`.values()` instead of objects where rows are only shown, orjson for a renderer, gunicorn's threads."""
