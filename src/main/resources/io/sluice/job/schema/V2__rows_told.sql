-- How many rows of a job have been counted by outcome, so that a resumed job counts none again.
alter table job add column rows_told text;
