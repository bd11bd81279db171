package io.narthex.config.internal.read;

import io.narthex.api.config.ConfigurationException;
import io.narthex.config.internal.yaml.YamlLoader;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files read whole, with the reference's words where they cannot be. */
public final class Files {

  private Files() {}

  /** The octets of a file; its size is checked before the memory is taken. */
  public static byte[] read(String file) throws ConfigurationException {
    Path path = Path.of(file);
    try {
      if (java.nio.file.Files.isDirectory(path)) {
        throw new ConfigurationException("read " + file + ": is a directory");
      }
      long size = java.nio.file.Files.size(path);
      if (size > YamlLoader.MAX_BYTES) {
        throw new ConfigurationException(
            "read "
                + file
                + ": line 1: the file has "
                + size
                + " bytes, more than the limit of "
                + YamlLoader.MAX_BYTES);
      }
      return java.nio.file.Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new ConfigurationException("open " + file + ": no such file or directory", e);
    } catch (AccessDeniedException e) {
      throw new ConfigurationException("open " + file + ": permission denied", e);
    } catch (IOException e) {
      throw new ConfigurationException("read " + file + ": " + e.getMessage(), e);
    }
  }
}
