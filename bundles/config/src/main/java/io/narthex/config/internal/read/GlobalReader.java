package io.narthex.config.internal.read;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.GlobalConfig;
import io.narthex.api.config.NameEscaping;
import io.narthex.api.config.ScrapeProtocol;
import io.narthex.config.internal.yaml.FieldValues;
import io.narthex.model.GoQuote;
import io.narthex.model.LabelNames;
import io.narthex.model.Labels;
import io.narthex.model.NameValidation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the global section. */
final class GlobalReader {

  private static final Logger LOG = LoggerFactory.getLogger(GlobalReader.class);
  private static final long MINUTE = 60_000;
  private static final long DEFAULT_TIMEOUT = 10_000;

  private final ReaderOptions options;

  GlobalReader(ReaderOptions options) {
    this.options = options;
  }

  /**
   * The section, and whether it says how names are escaped.
   *
   * @param escapingSet whether the escaping is written or comes from an absent section
   */
  record Read(GlobalConfig config, boolean escapingSet) {}

  Read read(ConfigNode owner, ConfigNode.Fields f, boolean absent) throws ConfigurationException {
    NameValidation validation = NameSchemes.validation(f);
    if (validation == null) {
      validation = NameValidation.UTF8;
    }
    NameEscaping escaping = NameSchemes.escaping(f, "global");
    Labels external = externalLabels(f.find("external_labels"), validation);
    long interval = orDefault(f.duration("scrape_interval", 0), MINUTE);
    long timeout = f.duration("scrape_timeout", 0);
    if (timeout > interval) {
      throw owner.error("global scrape timeout greater than scrape interval");
    }
    List<ScrapeProtocol> protocols =
        ScrapeProtocols.read(f.find("scrape_protocols"), "for global config");
    if (protocols == null) {
      protocols = options.protoFirst() ? ScrapeProtocols.PROTO_FIRST : List.of();
    }
    GlobalConfig config =
        new GlobalConfig(
            interval,
            orDefault(timeout, Math.min(DEFAULT_TIMEOUT, interval)),
            protocols,
            orDefault(f.duration("evaluation_interval", 0), MINUTE),
            f.duration("rule_query_offset", 0),
            FieldValues.path(f, "query_log_file"),
            FieldValues.path(f, "scrape_failure_log_file"),
            external,
            FieldValues.bytes(f, "body_size_limit"),
            f.unsigned("sample_limit", 0),
            f.unsigned("target_limit", 0),
            f.unsigned("label_limit", 0),
            f.unsigned("label_name_length_limit", 0),
            f.unsigned("label_value_length_limit", 0),
            f.unsigned("keep_dropped_targets", 0),
            validation,
            escaping != null ? escaping : defaultEscaping(validation),
            f.bool("scrape_native_histograms", false),
            f.bool("convert_classic_histograms_to_nhcb", false),
            f.bool("always_scrape_classic_histograms", false),
            isSet(f, "extra_scrape_metrics")
                ? f.bool("extra_scrape_metrics", false)
                : options.has("extra-scrape-metrics"));
    f.end();
    return new Read(config, escaping != null || absent);
  }

  static NameEscaping defaultEscaping(NameValidation validation) {
    return validation == NameValidation.LEGACY
        ? NameEscaping.UNDERSCORES
        : NameEscaping.ALLOW_UTF_8;
  }

  /** Whether a key is there with a value, for fields that tell unset from false. */
  static boolean isSet(ConfigNode.Fields f, String key) {
    ConfigNode n = f.find(key);
    return n != null && !n.isNull();
  }

  private static long orDefault(long value, long otherwise) {
    return value == 0 ? otherwise : value;
  }

  private Labels externalLabels(@Nullable ConfigNode node, NameValidation validation)
      throws ConfigurationException {
    if (node == null) {
      return Labels.EMPTY;
    }
    Map<String, String> labels = new TreeMap<>();
    for (Map.Entry<String, String> e : node.textMap().entrySet()) {
      if (!LabelNames.isValidLabelName(e.getKey(), validation)) {
        throw node.error(GoQuote.quote(e.getKey()) + " is not a valid label name");
      }
      if (!LabelNames.isUtf8(e.getValue())) {
        throw node.error(GoQuote.quote(e.getValue()) + " is not a valid label value");
      }
      labels.put(e.getKey(), expand(e.getKey(), e.getValue()));
    }
    return Labels.of(labels);
  }

  private String expand(String label, String value) {
    String expanded =
        Expansion.expand(
            value,
            name -> {
              if (name.equals("$")) {
                return "$";
              }
              String v = options.environment().apply(name);
              if (v == null || v.isEmpty()) {
                LOG.atWarn().addKeyValue("name", name).log("Empty environment variable");
                return "";
              }
              return v;
            });
    if (!expanded.equals(value)) {
      LOG.atDebug()
          .addKeyValue("label", label)
          .addKeyValue("input", value)
          .addKeyValue("output", expanded)
          .log("External label replaced");
    }
    return expanded;
  }
}
