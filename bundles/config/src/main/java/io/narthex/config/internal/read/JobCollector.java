package io.narthex.config.internal.read;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.Configuration;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.ScrapeConfig;
import io.narthex.config.internal.yaml.FieldValues;
import io.narthex.config.internal.yaml.YamlConfigNodes;
import io.narthex.config.internal.yaml.YamlSource;
import io.narthex.model.GoQuote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The jobs of the main file, of included files and of entries, each name once. */
final class JobCollector {

  private final ScrapeReader reader;
  private final List<ScrapeConfig> jobs = new ArrayList<>();
  private final Map<String, String> foundIn = new HashMap<>();
  private final Set<String> included = new HashSet<>();

  JobCollector(ScrapeReader reader) {
    this.reader = reader;
  }

  void addMain(List<ConfigNode> nodes) throws ConfigurationException {
    for (ConfigNode node : nodes) {
      ScrapeConfig job = reader.read(node);
      if (foundIn.put(job.jobName(), "main config file") != null) {
        throw node.error(
            "found multiple scrape configs with job name " + GoQuote.quote(job.jobName()));
      }
      jobs.add(job);
    }
  }

  void addFile(String file) throws ConfigurationException {
    ConfigNode root = YamlConfigNodes.parse(YamlSource.includedFile(file), Files.read(file));
    ConfigNode.Fields f = root.fields("config.ScrapeConfigs");
    String place = GoQuote.quote(Path.of(file).toAbsolutePath().normalize().toString());
    for (ConfigNode node : FieldValues.list(f, "scrape_configs")) {
      ScrapeConfig job = add(node, place);
      included.add(job.jobName());
    }
    f.end();
  }

  void addEntry(ConfigNode node) throws ConfigurationException {
    ScrapeConfig unused = add(node, node.file());
  }

  private ScrapeConfig add(ConfigNode node, String place) throws ConfigurationException {
    ScrapeConfig job = reader.read(node);
    String first = foundIn.putIfAbsent(job.jobName(), place);
    if (first != null) {
      throw node.error(
          "found multiple scrape configs with job name "
              + GoQuote.quote(job.jobName())
              + ", first found in "
              + first);
    }
    jobs.add(job);
    return job;
  }

  Set<String> included() {
    return included;
  }

  Configuration complete(Configuration main) {
    return new Configuration(
        main.global(),
        main.runtime(),
        main.alerting(),
        main.ruleFiles(),
        main.ruleFilePaths(),
        main.scrapeConfigFiles(),
        jobs,
        main.storage(),
        main.tracing(),
        main.remoteWrite(),
        main.remoteRead(),
        main.otlp());
  }
}
