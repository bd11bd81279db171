package io.narthex.api.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole, validated configuration: the file, the files it includes, and Configuration Admin's
 * entries.
 *
 * @param ruleFiles patterns, joined with the file's folder
 * @param ruleFilePaths the files that the patterns matched when this was read, in their order
 * @param scrapeConfigFiles patterns, joined with the file's folder
 * @param scrapeConfigs in the file's order, then included files, then Configuration Admin
 * @param tracing null where the section is missing
 */
public record Configuration(
    GlobalConfig global,
    RuntimeConfig runtime,
    AlertingConfig alerting,
    List<String> ruleFiles,
    List<String> ruleFilePaths,
    List<String> scrapeConfigFiles,
    List<ScrapeConfig> scrapeConfigs,
    StorageConfig storage,
    @Nullable TracingConfig tracing,
    List<RemoteWriteConfig> remoteWrite,
    List<RemoteReadConfig> remoteRead,
    OtlpConfig otlp) {

  public Configuration {
    ruleFiles = List.copyOf(ruleFiles);
    ruleFilePaths = List.copyOf(ruleFilePaths);
    scrapeConfigFiles = List.copyOf(scrapeConfigFiles);
    scrapeConfigs = List.copyOf(scrapeConfigs);
    remoteWrite = List.copyOf(remoteWrite);
    remoteRead = List.copyOf(remoteRead);
  }

  /** A configuration of these, with defaults for everything else. */
  public Configuration(GlobalConfig global, List<ScrapeConfig> scrapeConfigs) {
    this(
        global,
        RuntimeConfig.DEFAULT,
        AlertingConfig.NONE,
        List.of(),
        List.of(),
        List.of(),
        scrapeConfigs,
        StorageConfig.DEFAULT,
        null,
        List.of(),
        List.of(),
        OtlpConfig.DEFAULT);
  }

  /** The job of that name, null if there is none. */
  public @Nullable ScrapeConfig scrapeConfig(String jobName) {
    for (ScrapeConfig c : scrapeConfigs) {
      if (c.jobName().equals(jobName)) {
        return c;
      }
    }
    return null;
  }
}
