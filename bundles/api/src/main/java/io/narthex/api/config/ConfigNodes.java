package io.narthex.api.config;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Reads YAML (and JSON, which is YAML) as strictly as the configuration file is read. */
@ProviderType
public interface ConfigNodes {

  /**
   * The first document.
   *
   * @param name what errors call it, for instance its path
   * @param directory that relative paths in it are joined with
   * @param data UTF-8, or UTF-16 with a byte order mark
   * @throws ConfigurationException that names line and column if it is no YAML, too large or too
   *     deep
   */
  ConfigNode parse(String name, Path directory, byte[] data) throws ConfigurationException;
}
