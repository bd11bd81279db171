package io.narthex.config.internal.write;

import io.narthex.api.config.AlertmanagerConfig;
import io.narthex.api.config.Configuration;
import io.narthex.api.config.OtlpConfig;
import io.narthex.api.config.RemoteReadConfig;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.config.StorageConfig;
import io.narthex.api.config.TracingConfig;
import io.narthex.config.internal.read.Loaded;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A configuration as YAML, in two forms: as it was written, where included files stay included and
 * every default is shown as the reference shows it; and whole, as one document without includes, in
 * which fields that older versions do not know stand only where they say something.
 */
public final class ConfigurationYaml {

  private final Loaded loaded;
  private final boolean redacted;

  private ConfigurationYaml(Loaded loaded, boolean redacted) {
    this.loaded = loaded;
    this.redacted = redacted;
  }

  /** Secrets are shown as {@code <secret>}. */
  public static ConfigurationYaml redacted(Loaded loaded) {
    return new ConfigurationYaml(loaded, true);
  }

  /** With secrets. */
  public static ConfigurationYaml open(Loaded loaded) {
    return new ConfigurationYaml(loaded, false);
  }

  public String asWritten() {
    return YamlWriter.write(tree(false).map());
  }

  public String whole() {
    return YamlWriter.write(tree(true).map());
  }

  private Tree tree(boolean whole) {
    Configuration c = loaded.configuration();
    Tree t = new Tree(redacted);
    t.always("global", JobTree.global(t, c.global(), loaded.globalEscapingSet(), whole).map());
    if (c.runtime().gogc() != 0) {
      t.always("runtime", t.child().number("gogc", c.runtime().gogc()).map());
    }
    t.tree("alerting", alerting(t, c));
    t.list("rule_files", c.ruleFiles());
    if (!whole) {
      t.list("scrape_config_files", c.scrapeConfigFiles());
    }
    List<Tree> jobs = new ArrayList<>();
    Set<String> included = loaded.includedJobs();
    for (ScrapeConfig job : c.scrapeConfigs()) {
      if (whole || !included.contains(job.jobName())) {
        jobs.add(JobTree.job(t, job, c.global(), whole));
      }
    }
    t.trees("scrape_configs", jobs);
    t.tree("storage", storage(t, c.storage(), whole));
    t.tree("tracing", tracing(t, c.tracing()));
    t.trees(
        "remote_write", c.remoteWrite().stream().map(w -> RemoteWriteTree.endpoint(t, w)).toList());
    t.trees("remote_read", c.remoteRead().stream().map(r -> remoteRead(t, r)).toList());
    t.tree("otlp", otlp(t, c.otlp(), whole));
    return t;
  }

  private static Tree alerting(Tree parent, Configuration c) {
    Tree t = parent.child();
    RelabelTree.put(t, "alert_relabel_configs", c.alerting().alertRelabelRules());
    List<Tree> managers = new ArrayList<>();
    for (AlertmanagerConfig a : c.alerting().alertmanagers()) {
      Tree m = parent.child();
      HttpTree.put(m, a.http());
      RemoteWriteTree.sigv4(m, a.sigv4());
      m.text("scheme", a.scheme())
          .text("path_prefix", a.pathPrefix())
          .duration("timeout", a.timeout())
          .always("api_version", a.apiVersion());
      RelabelTree.put(m, "relabel_configs", a.relabelRules());
      RelabelTree.put(m, "alert_relabel_configs", a.alertRelabelRules());
      DiscoveryTree.put(m, a.discovery());
      managers.add(m);
    }
    return t.trees("alertmanagers", managers);
  }

  private Tree storage(Tree parent, StorageConfig c, boolean whole) {
    Tree t = parent.child();
    Tree tsdb = parent.child();
    if (!whole) {
      // The reference shows the window twice, once as a number of milliseconds.
      tsdb.always("outofordertimewindow", c.tsdb().outOfOrderTimeWindow());
    }
    tsdb.duration("out_of_order_time_window", c.tsdb().outOfOrderTimeWindow())
        .real("stale_series_compaction_threshold", c.tsdb().staleSeriesCompactionThreshold())
        .tree("chunk_encoding", parent.child().text("floats", c.tsdb().floatChunkEncoding()));
    Tree retention =
        parent
            .child()
            .duration("time", c.tsdb().retention().time())
            .bytes("size", c.tsdb().retention().size())
            .real("percentage", c.tsdb().retention().percentage());
    if (!whole || loaded.retentionWritten()) {
      tsdb.always("retention", retention.map());
    }
    t.tree("tsdb", tsdb);
    StorageConfig.Exemplars exemplars = c.exemplars();
    if (exemplars != null) {
      t.always("exemplars", parent.child().number("max_exemplars", exemplars.maxExemplars()).map());
    }
    return t;
  }

  private static Tree tracing(Tree parent, @org.jspecify.annotations.Nullable TracingConfig c) {
    Tree t = parent.child();
    if (c == null) {
      return t;
    }
    t.text("client_type", c.clientType())
        .text("endpoint", c.endpoint())
        .real("sampling_fraction", c.samplingFraction())
        .flag("insecure", c.insecure());
    HttpTree.tls(t, c.tls());
    return t.sorted("headers", c.headers())
        .text("compression", c.compression())
        .duration("timeout", c.timeout());
  }

  private static Tree remoteRead(Tree parent, RemoteReadConfig c) {
    Tree t = parent.child();
    t.always("url", HttpTree.url(t, c.url()))
        .duration("remote_timeout", c.remoteTimeout())
        .number("chunked_read_limit", c.chunkedReadLimit())
        .sorted("headers", c.headers())
        .flag("read_recent", c.readRecent())
        .text("name", c.name());
    HttpTree.put(t, c.http());
    return t.sorted("required_matchers", c.requiredMatchers())
        .flag("filter_external_labels", c.filterExternalLabels());
  }

  private static Tree otlp(Tree parent, OtlpConfig c, boolean whole) {
    Tree t = parent.child();
    if (whole && c.equals(OtlpConfig.DEFAULT)) {
      return t;
    }
    t.flag("promote_all_resource_attributes", c.promoteAllResourceAttributes())
        .list("promote_resource_attributes", c.promoteResourceAttributes())
        .list("ignore_resource_attributes", c.ignoreResourceAttributes())
        .text("translation_strategy", c.translation().text())
        .flag("keep_identifying_resource_attributes", c.keepIdentifyingResourceAttributes())
        .flag("convert_histograms_to_nhcb", c.convertHistogramsToNhcb())
        .flag("promote_scope_metadata", c.promoteScopeMetadata());
    if (!whole || !c.labelNameUnderscoreSanitization()) {
      t.always("label_name_underscore_sanitization", c.labelNameUnderscoreSanitization());
    }
    if (!whole || !c.labelNamePreserveMultipleUnderscores()) {
      t.always(
          "label_name_preserve_multiple_underscores", c.labelNamePreserveMultipleUnderscores());
    }
    return t;
  }
}
