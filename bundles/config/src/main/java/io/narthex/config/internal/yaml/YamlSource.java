package io.narthex.config.internal.yaml;

import io.narthex.api.config.ConfigurationException;
import java.nio.file.Path;

/**
 * Where a document comes from, and how its errors begin.
 *
 * @param file the name that errors show
 * @param directory against which relative paths are resolved
 * @param prefix what stands before every message, for instance {@code parsing YAML file x}
 */
public record YamlSource(String file, Path directory, String prefix) {

  /** A main configuration file. */
  public static YamlSource mainFile(String file) {
    Path parent = Path.of(file).getParent();
    return new YamlSource(file, parent == null ? Path.of("") : parent, "parsing YAML file " + file);
  }

  /** A file that a main file includes. */
  public static YamlSource includedFile(String file) {
    Path path = Path.of(file);
    Path parent = path.getParent();
    return new YamlSource(
        file,
        parent == null ? Path.of("") : parent,
        io.narthex.model.GoQuote.quote(path.toAbsolutePath().normalize().toString()));
  }

  /** Text that is no file: a form, an entry, a test. */
  public static YamlSource named(String name, Path directory) {
    return new YamlSource(name, directory, "parsing " + name);
  }

  ConfigurationException error(String message) {
    return new ConfigurationException(prefix + ": " + message);
  }

  ConfigurationException error(String message, Throwable cause) {
    return new ConfigurationException(prefix + ": " + message, cause);
  }

  /** A value whose form does not fit what reads it, in the reference's words. */
  ConfigurationException unmarshalError(int line, String message) {
    return error("yaml: unmarshal errors:\n  line " + line + ": " + message);
  }
}
