-- A name has at most 60 characters, which are more where a character takes two places; names that
-- were longer stay. Who made something is "schedule " and such a name, or the name of a key.
alter table schedule alter column name set data type varchar(200);
alter table schedule alter column made_by set data type varchar(300);
alter table job alter column made_by set data type varchar(300);
alter table upload alter column made_by set data type varchar(300);

-- The names of profiles have no limit of their own, and there may be more kinds of records.
alter table job alter column profile set data type varchar(1000);
alter table job alter column resources set data type varchar(1000);

-- Since when it has been due as it is now, and why it could not make its job the last time.
alter table schedule add column planned_at timestamp with time zone;
update schedule set planned_at = made_at;
alter table schedule alter column planned_at set not null;
alter table schedule add column failed_at timestamp with time zone;
alter table schedule add column failure text;
