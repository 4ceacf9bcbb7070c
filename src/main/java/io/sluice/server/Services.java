package io.sluice.server;

import io.sluice.job.FileRemoval;
import io.sluice.job.Jobs;
import io.sluice.job.audit.AuditTrail;
import io.sluice.job.files.JobFiles;
import io.sluice.job.keys.ConsoleSessions;
import io.sluice.job.keys.KeyRegister;
import io.sluice.job.work.JobEnvironment;
import io.sluice.server.access.ConnectionLimit;
import io.sluice.server.access.Gate;
import io.sluice.server.access.Hosts;
import io.sluice.server.access.Keyring;
import io.sluice.server.access.RefusalTrail;
import io.sluice.server.access.Sessions;
import io.sluice.server.access.SignIns;
import io.sluice.server.api.ApprovalRoutes;
import io.sluice.server.api.AuditRoutes;
import io.sluice.server.api.EventRoute;
import io.sluice.server.api.ExpiringRoutes;
import io.sluice.server.api.InsightRoutes;
import io.sluice.server.api.JobJson;
import io.sluice.server.api.JobResultRoutes;
import io.sluice.server.api.JobRoutes;
import io.sluice.server.api.KeyRoutes;
import io.sluice.server.api.NoticeRoutes;
import io.sluice.server.api.ProfileRoutes;
import io.sluice.server.api.ResourceRoutes;
import io.sluice.server.api.ScheduleRoutes;
import io.sluice.server.api.SessionRoutes;
import io.sluice.server.api.SnapshotRoutes;
import io.sluice.server.api.SubmitRoutes;
import io.sluice.server.api.SystemRoutes;
import io.sluice.server.api.UploadRoutes;
import io.sluice.server.http.AnswerWriter;
import io.sluice.server.http.Route;
import io.sluice.server.http.Routes;
import io.sluice.server.http.body.UploadBody;
import io.sluice.server.preview.PreviewRoutes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** Puts the service together. */
final class Services {
  private Services() {}

  /**
   * Every route behind its gate.
   *
   * @param heartbeat how often a stream of events sends something at least
   */
  static Dispatch dispatch(
      ServiceSettings settings,
      Backend backend,
      ConnectionLimit limit,
      Mono<Void> closing,
      Duration heartbeat) {
    JobEnvironment environment = backend.environment();
    Keyring keys =
        new Keyring(backend.keys(), environment.clock(), settings.open(), settings.key());
    Sessions sessions = new Sessions(new ConsoleSessions(backend.database()), environment.clock());
    List<String> names = new ArrayList<>(settings.names());
    names.add(settings.host().indexOf(':') < 0 ? settings.host() : "[" + settings.host() + "]");
    AuditTrail trail = new AuditTrail(backend.database(), environment.clock());
    RefusalTrail refused = new RefusalTrail(trail);
    SignIns signIns = new SignIns(keys, environment.clock(), trail, refused);
    Gate gate = new Gate(new Hosts(names), keys, signIns, sessions);
    EventRoute events = new EventRoute(backend.jobs(), closing, heartbeat, gate::holds);
    return new Dispatch(
        new Routes(routes(settings, backend, signIns, sessions, events, closing)),
        gate,
        limit,
        new AnswerWriter(settings.tls()),
        backend.metrics(),
        new AuditRecorder(trail, refused));
  }

  /** All that the service does. */
  static List<Route> routes(
      ServiceSettings settings,
      Backend backend,
      SignIns signIns,
      Sessions sessions,
      EventRoute events,
      Mono<Void> closing) {
    Jobs jobs = backend.jobs();
    JobFiles files = backend.environment().files();
    JobJson json = new JobJson(jobs, files, backend.environment().uploads());
    UploadBody bodies =
        new UploadBody(
            backend.environment(),
            backend.metrics(),
            settings.largestUpload(),
            closing.toFuture()::isDone);
    FileRemoval removal = new FileRemoval(backend.database(), backend.environment());
    List<Route> routes = new ArrayList<>();
    routes.addAll(new SystemRoutes(backend, settings, PreviewRoutes.ROWS).routes());
    routes.addAll(new SessionRoutes(signIns, sessions, settings.tls()).routes());
    routes.addAll(
        new KeyRoutes(new KeyRegister(backend.database(), backend.environment().clock())).routes());
    routes.addAll(new ResourceRoutes().routes());
    routes.addAll(new ProfileRoutes(backend.environment()).routes());
    routes.addAll(new ExpiringRoutes(backend.environment()).routes());
    routes.addAll(new UploadRoutes(backend, bodies, removal).routes());
    routes.addAll(new PreviewRoutes(backend.environment()).routes());
    routes.addAll(new SubmitRoutes(jobs, backend.environment(), json, bodies).routes());
    routes.addAll(new InsightRoutes(jobs, backend.environment(), json).routes());
    routes.addAll(new JobRoutes(jobs, json).routes());
    routes.addAll(new ApprovalRoutes(jobs, json).routes());
    routes.addAll(new NoticeRoutes(jobs.notices()).routes());
    routes.add(events.route());
    routes.addAll(new JobResultRoutes(json, files).routes());
    routes.addAll(new SnapshotRoutes(backend.environment(), removal).routes());
    routes.addAll(new ScheduleRoutes(jobs, backend.environment().clock(), json).routes());
    AuditTrail trail = new AuditTrail(backend.database(), backend.environment().clock());
    routes.addAll(new AuditRoutes(trail, routes).routes());
    routes.addAll(new ConsoleFiles().routes());
    routes.addAll(new LibraryFiles().routes());
    return routes;
  }
}
