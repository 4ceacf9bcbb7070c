-- Lists of jobs, latest first, and the last backups are found without reading every job there is.
create index job_of_kind on job (kind, id);
