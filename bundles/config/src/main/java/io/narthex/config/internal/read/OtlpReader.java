package io.narthex.config.internal.read;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.OtlpConfig;
import io.narthex.api.config.OtlpConfig.Translation;
import io.narthex.model.GoQuote;
import io.narthex.model.NameValidation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the otlp section. */
final class OtlpReader {

  private OtlpReader() {}

  static OtlpConfig read(@Nullable ConfigNode node, NameValidation validation)
      throws ConfigurationException {
    OtlpConfig d = OtlpConfig.DEFAULT;
    if (node == null || node.isNull()) {
      return d;
    }
    ConfigNode.Fields f = node.fields("config.plain");
    boolean all = f.bool("promote_all_resource_attributes", false);
    List<String> promote = f.texts("promote_resource_attributes");
    List<String> ignore = f.texts("ignore_resource_attributes");
    Translation translation = translation(f.find("translation_strategy"), validation);
    if (all && !promote.isEmpty()) {
      throw node.error(
          "'promote_all_resource_attributes' and 'promote_resource_attributes' cannot be configured"
              + " simultaneously");
    }
    if (!all && !ignore.isEmpty()) {
      throw node.error(
          "'ignore_resource_attributes' cannot be configured unless"
              + " 'promote_all_resource_attributes' is true");
    }
    OtlpConfig c =
        new OtlpConfig(
            all,
            attributes(node, promote, "promote_resource_attributes", "promoted"),
            attributes(node, ignore, "ignore_resource_attributes", "ignored"),
            translation,
            f.bool("keep_identifying_resource_attributes", false),
            f.bool("convert_histograms_to_nhcb", false),
            f.bool("promote_scope_metadata", false),
            f.bool("label_name_underscore_sanitization", true),
            f.bool("label_name_preserve_multiple_underscores", true));
    f.end();
    return c;
  }

  private static Translation translation(@Nullable ConfigNode node, NameValidation validation)
      throws ConfigurationException {
    String text = node == null ? "" : node.text();
    if (node == null || text.isEmpty()) {
      return OtlpConfig.DEFAULT.translation();
    }
    for (Translation t : Translation.values()) {
      if (t.text().equals(text)) {
        if (t.needsUtf8() && validation == NameValidation.LEGACY) {
          throw node.error(
              "OTLP translation strategy "
                  + GoQuote.quote(text)
                  + " is not allowed when UTF8 is disabled");
        }
        return t;
      }
    }
    throw node.error("unsupported OTLP translation strategy " + GoQuote.quote(text));
  }

  /** The entries trimmed; every empty or repeated one is named. */
  private static List<String> attributes(
      ConfigNode node, List<String> entries, String field, String adjective)
      throws ConfigurationException {
    Set<String> seen = new LinkedHashSet<>();
    List<String> problems = new ArrayList<>();
    for (String entry : entries) {
      String name = entry.strip();
      if (name.isEmpty()) {
        problems.add("empty " + adjective + " OTel resource attribute");
      } else if (!seen.add(name)) {
        problems.add("duplicated " + adjective + " OTel resource attribute " + GoQuote.quote(name));
      }
    }
    if (!problems.isEmpty()) {
      throw node.error("invalid '" + field + "': " + String.join("\n", problems));
    }
    return List.copyOf(seen);
  }
}
