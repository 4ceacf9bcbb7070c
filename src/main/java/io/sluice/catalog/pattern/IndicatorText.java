package io.sluice.catalog.pattern;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One text, taken apart form by form until plain patterns are left. For one use.
 *
 * <p>First what a line as a whole is: a comment, a rule, a line of a hosts file. Then each of its
 * values: what stands around it, how it is defanged, a range, a link, a wildcard.
 */
final class IndicatorText {
  private static final Pattern HEADER =
      Pattern.compile("\\[(adblock|adguard|ublock)[^\\]]*\\]", Pattern.CASE_INSENSITIVE);
  private static final Pattern NAMED = Pattern.compile("[^<>]*[^<>\\s]\\s*<(?<inner>[^<>]+)>");
  private static final Pattern ANY_ADDRESS = Pattern.compile("[*%]?@(?<domain>[^@*]+)");
  private static final Pattern BELOW = Pattern.compile("([*%]?@)?(\\*\\.|\\.)(?<domain>[^@*]+)");
  private static final Pattern BETWEEN = Pattern.compile("[,;\\s]+");

  private final String written;
  private final Set<Form> forms = EnumSet.noneOf(Form.class);
  private final Map<String, Indicator> indicators = new LinkedHashMap<>();
  private @Nullable String refusal;

  IndicatorText(String written) {
    this.written = written;
  }

  Rewriting rewriting() {
    if (Indicator.plain(written) != null) {
      return Rewriting.NONE;
    }
    if (InvisibleCharacter.isPastedIn(written)) {
      forms.add(Form.UNSEEN);
      if (InvisibleCharacter.joining(written)) {
        return new Rewriting.Refused(
            forms, "without its joiners the name may be another; write it as it is meant");
      }
    }
    String text = InvisibleCharacter.dropped(written).strip();
    if (isRemark(text)) {
      return new Rewriting.Remark(Form.REMARK.label());
    }
    int hash = comment(text);
    String comment = hash < 0 ? "" : text.substring(hash + 1).strip();
    if (hash >= 0) {
      forms.add(Form.COMMENT);
      text = text.substring(0, hash).strip();
    }
    HostsLine hosts = HostsLine.of(text);
    if (hosts != null && hosts.blocked().isEmpty()) {
      return new Rewriting.Remark("a line that every hosts file has");
    }
    boolean read = hosts == null ? readLine(text) : readHosts(hosts);
    if (refusal != null) {
      return new Rewriting.Refused(forms, refusal);
    } else if (!read || forms.isEmpty()) {
      return Rewriting.NONE;
    }
    return new Rewriting.Becomes(
        forms, List.copyOf(indicators.values()), comment.isEmpty() ? null : comment);
  }

  private static boolean isRemark(String text) {
    return text.startsWith("!")
        || text.startsWith(";")
        || text.startsWith("#")
        || text.startsWith("// ")
        || HEADER.matcher(text).matches();
  }

  /** Where a comment begins, behind a blank and outside of quotes; -1 if there is none. */
  private static int comment(String text) {
    boolean quoted = false;
    for (int i = 1; i < text.length(); i++) {
      quoted ^= text.charAt(i - 1) == '"';
      if (text.charAt(i) == '#' && Character.isWhitespace(text.charAt(i - 1)) && !quoted) {
        return i;
      }
    }
    return -1;
  }

  private boolean readHosts(HostsLine line) {
    forms.add(Form.HOSTS);
    if (!line.leadsNowhere()) {
      return refuse("it leads names to " + line.address() + "; write what is meant, one a row");
    }
    for (String name : line.blocked()) {
      Indicator host = Indicator.plain(Refanging.refanged(name));
      if (host == null || host.type() != PatternType.DOMAIN) {
        return refuse("'" + name + "' is not the name of a host");
      }
      add(host);
    }
    return true;
  }

  private boolean readLine(String line) {
    String text = MappedCharacter.plain(line);
    if (!text.equals(line)) {
      forms.add(Form.COMPATIBILITY);
    }
    if (AdBlockRule.is(text)) {
      forms.add(Form.ADBLOCK);
      String blocked = AdBlockRule.blocked(text);
      return blocked == null ? refuse(AdBlockRule.refusal(text)) : readValue(blocked);
    } else if (NameServerLine.is(text)) {
      forms.add(Form.NAME_SERVER);
      List<String> names = NameServerLine.blocked(text);
      return names == null
          ? refuse("only dnsmasq's address=/evil.example/0.0.0.0 can be rewritten")
          : names.stream().allMatch(this::readName);
    }
    return readValue(text);
  }

  private boolean readValue(String text) {
    String bare = Enclosure.without(text);
    if (!bare.equals(text) || (forms.isEmpty() && !text.equals(written))) {
      forms.add(Form.ENCLOSED);
    }
    String value = Refanging.refanged(bare);
    if (!value.equals(bare)) {
      forms.add(Form.DEFANGED);
      value = Enclosure.without(value);
    }
    if (addPlain(value)) {
      return true;
    } else if (IpRange.is(value)) {
      forms.add(Form.RANGE);
      List<String> blocks = IpRange.blocks(value);
      return blocks == null
          ? refuse("it cannot be written as CIDR blocks; write the first and the last address")
          : blocks.stream().allMatch(this::readName);
    } else if (NAMED.matcher(value).matches()) {
      return readNamed(value);
    } else if (MailtoLink.is(value)) {
      forms.add(Form.MAILTO);
      List<String> addresses = MailtoLink.addresses(value);
      return addresses == null
          ? refuse("which addresses it means is not clear; write them one a row")
          : addresses.stream().allMatch(this::readAddress);
    }
    if (holdsSeveral(value)) {
      forms.add(Form.SEVERAL);
      return refuse("write each in a row of its own");
    }
    if (value.startsWith("//") && value.indexOf('/', 2) < 0) {
      forms.add(Form.URL);
      return refuse("it may be commented out; write it with https:// or take it out");
    }
    String host = UrlHost.of(value);
    if (host == null) {
      return readName(value);
    }
    forms.add(Form.URL);
    return host.isEmpty() ? refuse("which host it means is not clear") : readName(host);
  }

  private boolean readNamed(String value) {
    Matcher named = NAMED.matcher(value);
    forms.add(Form.DISPLAY_NAME);
    return named.matches()
        && readAddress(MailtoLink.is(named.group("inner")) ? "" : named.group("inner").strip());
  }

  private boolean readAddress(String text) {
    Indicator address = Indicator.plain(text);
    if (address == null || address.type() != PatternType.EMAIL) {
      return refuse("'" + text + "' is not an e-mail address");
    }
    add(address);
    return true;
  }

  private boolean readName(String text) {
    String name = text;
    if (name.endsWith(".") && !name.endsWith("..")) {
      forms.add(Form.TRAILING_DOT);
      name = name.substring(0, name.length() - 1);
    }
    if (addPlain(name)) {
      return true;
    }
    String block = LeadingZeros.block(name);
    if (block != null) {
      forms.add(Form.LEADING_ZEROS);
      return addPlain(block);
    }
    Matcher below = BELOW.matcher(name);
    if (below.matches()) {
      return readWildcard(Form.SUBDOMAINS, below.group("domain"));
    }
    Matcher any = ANY_ADDRESS.matcher(name);
    return any.matches() ? readWildcard(Form.ANY_ADDRESS, any.group("domain")) : explained(name);
  }

  /** A wildcard before a domain: for the names below it, or for its addresses. */
  private boolean readWildcard(Form form, String domain) {
    forms.add(form);
    return addPlain(domain) || refuse(unfit(domain));
  }

  /** Refuses what is recognised without being clear; everything else is left to other checks. */
  private boolean explained(String text) {
    if (Refanging.isRegex(text)) {
      forms.add(Form.WILDCARD);
      return refuse("it reads like a regular expression; if it is one, set is_regex to true");
    } else if (text.indexOf('*') >= 0) {
      forms.add(Form.WILDCARD);
      return refuse("no plain pattern means that; write a regular expression with is_regex");
    } else if (LeadingZeros.areAmbiguous(text)) {
      forms.add(Form.LEADING_ZEROS);
      return refuse("some programs read such numbers as octal; write it without the zeros");
    } else if (text.indexOf('%') > 0
        && PatternSyntax.cidr(text.substring(0, text.indexOf('%'))) == null) {
      forms.add(Form.ZONE);
      return refuse("a zone means something on one machine alone; write the address without it");
    } else if (Refanging.isSpelledOut(text)) {
      forms.add(Form.DEFANGED);
      return refuse("'dot' and 'at' may be words; write . and @");
    } else if (areSeveral(text)) {
      forms.add(Form.SEVERAL);
      return refuse("write each in a row of its own");
    }
    return !forms.isEmpty() && refuse(unfit(text));
  }

  /** True if a separator stands before something that is a value of its own, a link included. */
  private static boolean holdsSeveral(String text) {
    int values = 0;
    for (String part : BETWEEN.split(text, -1)) {
      String value = Enclosure.without(part);
      values += Indicator.plain(value) != null || UrlHost.of(value) != null ? 1 : 0;
    }
    return values > 1;
  }

  private static boolean areSeveral(String text) {
    String[] parts = BETWEEN.split(text, -1);
    if (parts.length < 2) {
      return false;
    }
    for (String part : parts) {
      if (Indicator.plain(Enclosure.without(Refanging.refanged(part))) == null) {
        return false;
      }
    }
    return true;
  }

  private static String unfit(String text) {
    String fault = text.indexOf('@') >= 0 ? PatternSyntax.email(text) : PatternSyntax.domain(text);
    return "what remains of it, '"
        + text
        + "', is not a pattern"
        + (fault == null ? "" : ": " + fault);
  }

  private boolean addPlain(String text) {
    Indicator plain = Indicator.plain(text);
    if (plain != null) {
      add(plain);
    }
    return plain != null;
  }

  /** Spellings of one pattern are one. */
  private void add(Indicator indicator) {
    String fault = indicator.fault();
    if (fault != null) {
      refuse("what remains of it, " + indicator.text() + ", is no pattern: " + fault);
    }
    String folded = Spelling.folded(indicator.type(), indicator.text());
    indicators.putIfAbsent(indicator.type() + " " + folded, indicator);
  }

  private boolean refuse(String reason) {
    refusal = refusal == null ? reason : refusal;
    return false;
  }
}
