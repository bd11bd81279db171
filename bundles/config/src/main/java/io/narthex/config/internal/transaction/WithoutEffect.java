package io.narthex.config.internal.transaction;

import io.narthex.api.config.Configuration;
import io.narthex.api.config.OtlpConfig;
import io.narthex.api.config.StorageConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The sections of a configuration that are read and checked, and for which there is no module yet.
 * People must hear of them: somebody may count on the alerts or copies that they speak of.
 */
final class WithoutEffect {

  private WithoutEffect() {}

  /** Names of sections and keys, in the file's order. */
  static List<String> of(Configuration c) {
    List<String> names = new ArrayList<>();
    add(names, "alerting", !c.alerting().alertmanagers().isEmpty());
    add(names, "alerting.alert_relabel_configs", !c.alerting().alertRelabelRules().isEmpty());
    add(names, "rule_files", !c.ruleFiles().isEmpty());
    StorageConfig.Tsdb tsdb = c.storage().tsdb();
    add(
        names,
        "storage.tsdb.stale_series_compaction_threshold",
        tsdb.staleSeriesCompactionThreshold() != 0);
    add(names, "storage.tsdb.chunk_encoding.floats", tsdb.floatChunkEncoding().equals("xor2"));
    add(names, "storage.exemplars", c.storage().exemplars() != null);
    add(names, "tracing", c.tracing() != null);
    add(names, "remote_write", !c.remoteWrite().isEmpty());
    add(names, "remote_read", !c.remoteRead().isEmpty());
    add(names, "otlp", !c.otlp().equals(OtlpConfig.DEFAULT));
    return names;
  }

  private static void add(List<String> names, String name, boolean there) {
    if (there) {
      names.add(name);
    }
  }
}
