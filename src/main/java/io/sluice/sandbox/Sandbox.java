package io.sluice.sandbox;

import io.netty.handler.ssl.SslContext;
import io.sluice.sandbox.api.Access;
import io.sluice.sandbox.api.Api;
import io.sluice.sandbox.api.FaultHandler;
import io.sluice.sandbox.api.Quotas;
import io.sluice.sandbox.api.Server;
import io.sluice.sandbox.data.HashIndex;
import io.sluice.sandbox.data.IdGenerator;
import io.sluice.sandbox.fault.Faults;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A running stand-in for the Email Security settings API, on 127.0.0.1 only. In memory: what it
 * holds is gone when it is closed. Safe for use by several threads.
 *
 * <pre>{@code
 * try (Sandbox sandbox = Sandbox.builder().quota(50, Duration.ofSeconds(1)).start()) {
 *   sandbox.account().seed("block_senders", 5_000);
 *   sandbox.faults().onCreate("block_senders").share(0.2).then(Fault.reset().afterEffect());
 * }
 * }</pre>
 */
public final class Sandbox implements AutoCloseable {
  private final Map<String, SandboxAccount> accounts;
  private final Access access;
  private final Faults faults;
  private final RequestLog requestLog;
  private final Server server;
  private final String scheme;

  private Sandbox(Builder builder) {
    faults = new Faults(builder.seed);
    requestLog = new RequestLog();
    accounts = builder.accounts(faults);
    String mark = Long.toHexString(HashIndex.hash("sandbox" + builder.seed));
    access =
        new Access(
            "sandbox-write-" + mark,
            "sandbox-read-" + mark,
            "admin@sandbox.example",
            "sandbox-key-" + mark);
    scheme = builder.tls == null ? "http" : "https";
    Quotas quotas = new Quotas(builder.quotas, System::nanoTime);
    Api api = new Api(accounts, access);
    FaultHandler.Manner manner =
        new FaultHandler.Manner(builder.latency, builder.quotaHeaders, builder.pretty);
    server =
        new Server(
            builder.port,
            builder.tls,
            builder.gzip,
            new FaultHandler(api, accounts, quotas, faults, requestLog, manner));
    if (builder.errors > 0) {
      faults.background(builder.errors);
    }
  }

  /** Begins a new one: no quota, no latency, no errors, one empty account, any free port. */
  public static Builder builder() {
    return new Builder();
  }

  /** The base URL for clients: {@code http://127.0.0.1:PORT/client/v4}. */
  public String baseUrl() {
    return scheme + "://127.0.0.1:" + port() + "/client/v4";
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** The first account. */
  public SandboxAccount account() {
    return accounts().get(0);
  }

  /**
   * The account of that id.
   *
   * @throws IllegalArgumentException if it was not built with one
   */
  public SandboxAccount account(String id) {
    SandboxAccount account = accounts.get(id);
    if (account == null) {
      throw new IllegalArgumentException("the sandbox has no account '" + id + "'");
    }
    return account;
  }

  /** Every account, in the order of building. */
  public List<SandboxAccount> accounts() {
    return List.copyOf(accounts.values());
  }

  /** A token that may read and write every account. */
  public String token() {
    return access.token();
  }

  /** A token that may read every account; writes with it are answered 403. */
  public String readOnlyToken() {
    return access.readOnlyToken();
  }

  /** The address for {@code X-Auth-Email}, beside {@link #apiKey()}. */
  public String email() {
    return access.email();
  }

  /** The key for {@code X-Auth-Key}; may read and write every account. */
  public String apiKey() {
    return access.apiKey();
  }

  /** From now on the token or key is answered 401. */
  public void revoke(String credential) {
    access.revoke(credential);
  }

  /** Takes {@link #revoke} back. */
  public void restore(String credential) {
    access.restore(credential);
  }

  /** The faults to inject. */
  public Faults faults() {
    return faults;
  }

  /** The requests that arrived. */
  public RequestLog requestLog() {
    return requestLog;
  }

  /** Stops at once; calls under way lose their connection. */
  @Override
  public void close() {
    server.close();
  }

  /** How a sandbox is to be. */
  public static final class Builder {
    private static final String ACCOUNT = "023e105f4ecef8ad9ca31a8372d0c353";

    private final Set<String> accountIds = new LinkedHashSet<>();
    private final List<Quotas.Policy> quotas = new ArrayList<>();
    private final List<String> lacking = new ArrayList<>();
    private long seed = 1;
    private boolean awkward;
    private double errors;
    private InstantSource clock = InstantSource.system();
    private int port;
    private Duration latency = Duration.ZERO;
    private boolean quotaHeaders = true;
    private boolean gzip;
    private boolean pretty;
    private @Nullable SslContext tls;

    private Builder() {}

    /** The port on 127.0.0.1; 0, the default, for any free one. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** What ids, seeded records and random faults follow from. */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /** Adds an account; with none there is one of the id that the API reference uses. */
    public Builder account(String id) {
      accountIds.add(id);
      return this;
    }

    /** Every account's package lacks such records; see {@link SandboxAccount#lacks(String)}. */
    public Builder lacks(String resource) {
      lacking.add(resource);
      return this;
    }

    /** Adds a quota per credential: so many calls in each fixed window. */
    public Builder quota(long requests, Duration window) {
      String name =
          quotas.isEmpty() ? "default" : "burst" + (quotas.size() == 1 ? "" : quotas.size());
      quotas.add(new Quotas.Policy(name, requests, window));
      return this;
    }

    /** True if answers tell the quota (they do); older ones of the API did not. */
    public Builder quotaHeaders(boolean told) {
      quotaHeaders = told;
      return this;
    }

    /** How long every answer takes at least. */
    public Builder latency(Duration time) {
      latency = time;
      return this;
    }

    /** The share of calls, from 0 to 1, that get a random 5xx, some after their effect. */
    public Builder errors(double share) {
      errors = share;
      return this;
    }

    /** True if each account begins with the awkward content. */
    public Builder awkward(boolean yes) {
      awkward = yes;
      return this;
    }

    /**
     * Whether answers are compressed for clients that accept it. Off by default: on one machine it
     * would measure zlib and little else.
     */
    public Builder gzip(boolean yes) {
      gzip = yes;
      return this;
    }

    /** True if answers are pretty-printed. */
    public Builder pretty(boolean yes) {
      pretty = yes;
      return this;
    }

    /** Serves https; HTTP/2 as well where the context negotiates {@code h2} by ALPN. */
    public Builder tls(SslContext context) {
      tls = context;
      return this;
    }

    /** The clock that created and edited records are stamped by; the system's by default. */
    public Builder clock(InstantSource source) {
      clock = source;
      return this;
    }

    /**
     * Starts it.
     *
     * @throws java.io.UncheckedIOException if the port cannot be had
     */
    public Sandbox start() {
      return new Sandbox(this);
    }

    private Map<String, SandboxAccount> accounts(Faults faults) {
      Map<String, SandboxAccount> made = new LinkedHashMap<>();
      for (String id : accountIds.isEmpty() ? Set.of(ACCOUNT) : accountIds) {
        IdGenerator ids = new IdGenerator(seed ^ HashIndex.hash(id), clock);
        SandboxAccount account = new SandboxAccount(id, ids, faults::rejection);
        if (awkward) {
          account.seedAwkward();
        }
        lacking.forEach(account::lacks);
        made.put(id, account);
      }
      return Collections.unmodifiableMap(made);
    }
  }
}
