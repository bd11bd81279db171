package io.narthex.config.internal.read;

import io.narthex.api.config.Configuration;
import java.util.Set;

/**
 * A configuration with what is only needed to print it.
 *
 * @param includedJobs names of the jobs that came from scrape_config_files
 * @param globalEscapingSet whether the global section says how names are escaped
 * @param retentionWritten whether the retention comes from the file and not from flags
 */
public record Loaded(
    Configuration configuration,
    Set<String> includedJobs,
    boolean globalEscapingSet,
    boolean retentionWritten) {

  public Loaded {
    includedJobs = Set.copyOf(includedJobs);
  }
}
