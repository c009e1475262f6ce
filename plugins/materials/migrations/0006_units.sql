-- The unit in which all quantities of a material are, and how heavy a litre of it is, in kilograms (docs/adr/0059).
-- old servers work: because they never name a density
ALTER TABLE material
    ADD COLUMN unit varchar(40),
    ADD COLUMN density numeric(18, 6),
    ADD CHECK (density > 0) NOT VALID;
