package io.sluice.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Domains that are known for what they are: a selection, kept as data beside the catalogue, to
 * which a profile can add.
 */
public enum KnownDomains {
  /** Anyone can have a mailbox there. */
  MAILBOX_PROVIDERS("mailbox-providers"),
  /** Anyone can send through them: mailing, payment, signature, shop services. */
  SHARED_PROVIDERS("shared-providers"),
  /** Anyone can have a domain below them. */
  PUBLIC_SUFFIXES("public-suffixes");

  private final String label;

  KnownDomains(String label) {
    this.label = label;
  }

  /** The list's name, as configuration and files have it. */
  public String label() {
    return label;
  }

  /** The domains of the list, in lower case, and these. */
  public Set<String> with(Collection<String> additions) {
    Set<String> domains = new HashSet<>();
    String file = label + ".txt";
    try (InputStream in = KnownDomains.class.getResourceAsStream(file);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(Objects.requireNonNull(in, file), UTF_8))) {
      lines
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .forEach(domains::add);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    additions.forEach(one -> domains.add(one.toLowerCase(Locale.ROOT)));
    return Set.copyOf(domains);
  }
}
