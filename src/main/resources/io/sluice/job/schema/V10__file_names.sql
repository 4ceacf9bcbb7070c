-- A file's name has at most 200 characters, which are more where a character takes two places.
alter table upload alter column name set data type varchar(400);
