package io.sluice.pipeline;

import io.sluice.api.ApiException;
import io.sluice.flow.retry.AttemptsSpentException;
import io.sluice.flow.retry.OutageException;
import java.util.function.UnaryOperator;
import reactor.core.Exceptions;

/** An error of one of several accounts that a run works on; names that account. */
public final class AccountException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String account;
  private final Throwable answer;

  private AccountException(String account, Throwable answer) {
    super(account, answer, false, false);
    this.account = account;
    this.answer = answer;
  }

  /**
   * Adds which account it was to what an account has answered, or has not; leaves other errors
   * alone.
   *
   * @param account the account as the run names it
   */
  public static UnaryOperator<Throwable> naming(String account) {
    return error -> {
      Throwable answer = Exceptions.unwrap(error);
      boolean answered =
          answer instanceof ApiException
              || answer instanceof OutageException
              || answer instanceof AttemptsSpentException;
      return answered ? new AccountException(account, answer) : error;
    };
  }

  /** The account as the run names it. */
  String account() {
    return account;
  }

  /** What it answered. */
  Throwable answer() {
    return answer;
  }
}
