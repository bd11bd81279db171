package io.narthex.api.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole, validated configuration: the file, the files it includes, and Configuration Admin's
 * entries.
 *
 * @param scrapeConfigs in the file's order, then included files, then Configuration Admin
 */
public record Configuration(GlobalConfig global, List<ScrapeConfig> scrapeConfigs) {

  public Configuration {
    scrapeConfigs = List.copyOf(scrapeConfigs);
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
