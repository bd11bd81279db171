package io.narthex.config.internal.read;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.NameEscaping;
import io.narthex.model.GoQuote;
import io.narthex.model.NameValidation;
import org.jspecify.annotations.Nullable;

/** Reads the schemes of metric names; null where nothing is set. */
final class NameSchemes {

  private NameSchemes() {}

  static @Nullable NameValidation validation(ConfigNode.Fields f) throws ConfigurationException {
    ConfigNode node = f.find("metric_name_validation_scheme");
    String text = node == null ? "" : node.text();
    if (node == null || text.isEmpty()) {
      return null;
    }
    return switch (text) {
      case "legacy" -> NameValidation.LEGACY;
      case "utf8" -> NameValidation.UTF8;
      default -> throw node.error("unrecognized ValidationScheme: " + GoQuote.quote(text));
    };
  }

  /**
   * @param whose {@code global} or {@code scrape config}, for the error
   */
  static @Nullable NameEscaping escaping(ConfigNode.Fields f, String whose)
      throws ConfigurationException {
    ConfigNode node = f.find("metric_name_escaping_scheme");
    String text = node == null ? "" : node.text();
    if (node == null || text.isEmpty()) {
      return null;
    }
    for (NameEscaping e : NameEscaping.values()) {
      if (e.text().equals(text)) {
        return e;
      }
    }
    throw node.error(
        "unknown "
            + whose
            + " name escaping method specified, must be one of 'allow-utf-8', 'underscores',"
            + " 'dots', or 'values', got "
            + GoQuote.quote(text));
  }
}
