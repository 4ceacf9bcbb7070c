package io.sluice.job.audit;

import java.util.List;

/**
 * The actions of the trail that no request to a route stands for; those of routes are named where
 * the routes are.
 */
public final class AuditAction {
  /** A plan waits for its approval. */
  public static final String JOB_AWAIT = "job.await";

  /** A job has ended. */
  public static final String JOB_END = "job.end";

  /** Nobody approved a plan in time. */
  public static final String JOB_EXPIRE = "job.expire";

  /** Somebody lacked the role for what was asked. */
  public static final String ACCESS_REFUSED = "access.refused";

  /** So many refusals more than the trail holds one by one. */
  public static final String REFUSALS_MORE = "refusals.more";

  /** Somebody signed in to the console. */
  public static final String SIGN_IN = "sign_in";

  /** Somebody tried to, without a key that holds. */
  public static final String SIGN_IN_REFUSED = "sign_in.refused";

  /** Old entries were removed. */
  public static final String AUDIT_REMOVE = "audit.remove";

  /** All of these. */
  public static final List<String> BESIDE_REQUESTS =
      List.of(
          ACCESS_REFUSED,
          AUDIT_REMOVE,
          JOB_AWAIT,
          JOB_END,
          JOB_EXPIRE,
          REFUSALS_MORE,
          SIGN_IN,
          SIGN_IN_REFUSED);

  private AuditAction() {}
}
