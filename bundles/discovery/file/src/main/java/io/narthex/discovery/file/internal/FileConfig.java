package io.narthex.discovery.file.internal;

import io.narthex.api.discovery.DiscoveryConfig;
import java.util.List;

/**
 * One {@code file_sd_configs} section.
 *
 * @param files patterns, joined with the configuration file's folder
 * @param refreshInterval milliseconds after which files are read even if nothing is seen to change
 */
record FileConfig(List<String> files, long refreshInterval) implements DiscoveryConfig {

  static final long DEFAULT_REFRESH = 300_000;

  FileConfig {
    files = List.copyOf(files);
  }
}
