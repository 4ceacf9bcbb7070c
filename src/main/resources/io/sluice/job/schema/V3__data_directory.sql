-- The data directory that the processes share, by the id that is in it, and where it was first.
create table data_directory (
  one integer primary key,
  id varchar(40) not null,
  path text not null
);
