-- What somebody asked a running job to do: cancel or pause.
alter table job rename column wish to request;
