"""FastAPI with SQLAlchemy 2 as their documentations recommend today: typed dependencies, response models serialised by
Pydantic itself, sync sessions, the ORM's compiled cache."""
