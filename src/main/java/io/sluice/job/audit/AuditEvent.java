package io.sluice.job.audit;

/**
 * Something that was done, or refused.
 *
 * @param actor who did it: the name of a key, or of a part of the service
 * @param origin from where: an address, or a part of the service
 * @param action what, such as {@code job.submit}
 * @param subject to what, by its id or name; or empty
 * @param job the id of the job that it is about; or empty
 * @param plan the digest of the plan that it is about; or empty
 * @param detail how it ended, and what else is worth knowing; or empty
 */
public record AuditEvent(
    String actor,
    String origin,
    String action,
    String subject,
    String job,
    String plan,
    String detail) {
  private static final int SUBJECT = 200;
  private static final int DETAIL = 1000;

  /** Cuts what has no room. */
  public AuditEvent {
    subject = cut(subject, SUBJECT);
    detail = cut(detail, DETAIL);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  /** Something that the service did to a job by itself. */
  public static AuditEvent ofJob(String action, String job, String detail) {
    return new AuditEvent("sluice", "service", action, job, job, "", detail);
  }
}
