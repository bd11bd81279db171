package io.narthex.config.internal.read;

import io.narthex.api.config.AlertingConfig;
import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.Configuration;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.RuntimeConfig;
import io.narthex.api.config.StorageConfig;
import io.narthex.config.internal.yaml.FieldValues;
import io.narthex.config.internal.yaml.YamlConfigNodes;
import io.narthex.config.internal.yaml.YamlSource;
import io.narthex.model.GoQuote;
import io.narthex.model.NameValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a configuration file with all that it includes and all that is put on top of it. */
public final class ConfigurationReader {

  private final ReaderOptions options;
  private final DiscoveryReader discovery;

  public ConfigurationReader(ReaderOptions options, DiscoveryKinds kinds) {
    this.options = options;
    this.discovery = new DiscoveryReader(kinds);
  }

  /** Reads the file of that name. */
  public Loaded read(String file, Overlay overlay) throws ConfigurationException {
    return read(YamlSource.mainFile(file), Files.read(file), overlay);
  }

  /** Reads the contents of a file. */
  public Loaded read(YamlSource source, byte[] data, Overlay overlay)
      throws ConfigurationException {
    return read(YamlConfigNodes.parse(source, data), overlay);
  }

  private Loaded read(ConfigNode root, Overlay overlay) throws ConfigurationException {
    ConfigNode.Fields f = root.fields("config.plain");
    GlobalReader.Read global = global(f.find("global"), root, overlay.global());
    NameValidation validation = global.config().metricNameValidation();
    List<String> ruleFiles = patterns(f.find("rule_files"), "invalid rule file path ");
    List<String> scrapeFiles =
        patterns(f.find("scrape_config_files"), "invalid scrape config file path ");
    ScrapeReader scrapeReader = new ScrapeReader(global, discovery);
    JobCollector jobs = new JobCollector(scrapeReader);
    RuntimeConfig runtime = runtime(f.find("runtime"));
    jobs.addMain(FieldValues.list(f, "scrape_configs"));
    AlertingConfig alerting = new AlertingReader(validation, discovery).read(f.find("alerting"));
    StorageConfig storage = new StorageReader(options).read(f.find("storage"));
    Configuration main =
        new Configuration(
            global.config(),
            runtime,
            alerting,
            ruleFiles,
            matches(ruleFiles),
            scrapeFiles,
            List.of(),
            storage,
            TracingReader.read(f.find("tracing")),
            new RemoteWriteReader(validation, options).read(FieldValues.list(f, "remote_write")),
            RemoteReadReader.read(FieldValues.list(f, "remote_read")),
            OtlpReader.read(f.find("otlp"), validation));
    f.end();
    checkMode(main);
    for (String file : matches(scrapeFiles)) {
      jobs.addFile(file);
    }
    for (ConfigNode entry : overlay.scrapeJobs()) {
      jobs.addEntry(entry);
    }
    return new Loaded(
        jobs.complete(main),
        jobs.included(),
        global.escapingSet(),
        !storage.tsdb().retention().equals(options.retention()));
  }

  private GlobalReader.Read global(
      @Nullable ConfigNode node, ConfigNode root, @Nullable ConfigNode above)
      throws ConfigurationException {
    ConfigNode owner = node == null ? root : node;
    ConfigNode.Fields fields =
        node == null
            ? YamlConfigNodes.parse("{}").fields("config.plain")
            : node.fields("config.plain");
    boolean absent = node == null || node.isNull();
    if (above != null) {
      fields = new LayeredFields(above, above.fields("config.plain"), fields);
      owner = above;
    }
    return new GlobalReader(options).read(owner, fields, absent);
  }

  private RuntimeConfig runtime(@Nullable ConfigNode node) throws ConfigurationException {
    long gogc = 0;
    if (node != null) {
      ConfigNode.Fields f = node.fields("config.RuntimeConfig");
      gogc = FieldValues.integer(f, "gogc", 0);
      f.end();
    }
    if (gogc != 0) {
      return new RuntimeConfig((int) gogc);
    }
    String variable = Objects.requireNonNullElse(options.environment().apply("GOGC"), "");
    if (variable.toLowerCase(Locale.ROOT).equals("off")) {
      return new RuntimeConfig(-1);
    }
    try {
      return variable.isEmpty()
          ? RuntimeConfig.DEFAULT
          : new RuntimeConfig(Integer.parseInt(variable));
    } catch (NumberFormatException e) {
      // As the reference: what is no number does not count.
      return RuntimeConfig.DEFAULT;
    }
  }

  private static List<String> patterns(@Nullable ConfigNode node, String problem)
      throws ConfigurationException {
    List<String> patterns = new ArrayList<>();
    if (node != null) {
      for (ConfigNode n : node.list()) {
        if (!Globs.isAllowed(n.text())) {
          throw n.error(problem + GoQuote.quote(n.text()));
        }
        patterns.add(n.path());
      }
    }
    return patterns;
  }

  private static List<String> matches(List<String> patterns) {
    List<String> files = new ArrayList<>();
    for (String p : patterns) {
      files.addAll(Globs.find(p));
    }
    return files;
  }

  private void checkMode(Configuration c) throws ConfigurationException {
    if (!options.agent()) {
      return;
    }
    String field =
        !c.alerting().equals(AlertingConfig.NONE)
            ? "alerting"
            : !c.ruleFiles().isEmpty()
                ? "rule_files"
                : !c.remoteRead().isEmpty() ? "remote_read" : "";
    if (!field.isEmpty()) {
      throw new ConfigurationException("field " + field + " is not allowed in agent mode");
    }
  }
}
