package io.narthex.config.internal.read;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.ScrapeProtocol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads lists of scrape protocols. */
final class ScrapeProtocols {

  static final List<ScrapeProtocol> DEFAULT =
      List.of(
          ScrapeProtocol.OPENMETRICS_TEXT_1_0_0,
          ScrapeProtocol.OPENMETRICS_TEXT_0_0_1,
          ScrapeProtocol.PROMETHEUS_TEXT_1_0_0,
          ScrapeProtocol.PROMETHEUS_TEXT_0_0_4);

  static final List<ScrapeProtocol> PROTO_FIRST =
      List.of(
          ScrapeProtocol.PROMETHEUS_PROTO,
          ScrapeProtocol.OPENMETRICS_TEXT_1_0_0,
          ScrapeProtocol.OPENMETRICS_TEXT_0_0_1,
          ScrapeProtocol.PROMETHEUS_TEXT_1_0_0,
          ScrapeProtocol.PROMETHEUS_TEXT_0_0_4);

  private ScrapeProtocols() {}

  /**
   * The protocols of a node, null if it is absent or null.
   *
   * @param whose the end of error texts, for instance {@code for global config}
   */
  static @Nullable List<ScrapeProtocol> read(@Nullable ConfigNode node, String whose)
      throws ConfigurationException {
    if (node == null || node.isNull()) {
      return null;
    }
    List<String> names = node.texts();
    if (names.isEmpty()) {
      throw node.error("scrape_protocols cannot be empty " + whose);
    }
    Set<String> seen = new HashSet<>();
    List<ScrapeProtocol> protocols = new ArrayList<>();
    for (String name : names) {
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        throw node.error(
            "duplicated protocol in scrape_protocols, got ["
                + String.join(" ", names)
                + "] "
                + whose);
      }
      ScrapeProtocol p = find(name);
      if (p == null) {
        throw node.error("scrape_protocols: " + unknown(name) + " " + whose);
      }
      protocols.add(p);
    }
    return protocols;
  }

  static @Nullable ScrapeProtocol find(String name) {
    for (ScrapeProtocol p : ScrapeProtocol.values()) {
      if (p.text().equals(name)) {
        return p;
      }
    }
    return null;
  }

  static String unknown(String name) {
    List<String> names = new ArrayList<>();
    for (ScrapeProtocol p : ScrapeProtocol.values()) {
      names.add(p.text());
    }
    names.sort(null);
    return "unknown scrape protocol " + name + ", supported: [" + String.join(" ", names) + "]";
  }
}
