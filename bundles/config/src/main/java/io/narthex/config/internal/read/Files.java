package io.narthex.config.internal.read;

import io.narthex.api.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files read whole, with the reference's words where they cannot be. */
public final class Files {

  /** No configuration is larger; checked before the memory is taken. */
  private static final long LIMIT = 32L * 1024 * 1024;

  private Files() {}

  public static byte[] read(String file) throws ConfigurationException {
    Path path = Path.of(file);
    try {
      if (java.nio.file.Files.isDirectory(path)) {
        throw new ConfigurationException("read " + file + ": is a directory");
      }
      long size = java.nio.file.Files.size(path);
      if (size > LIMIT) {
        throw new ConfigurationException(
            "read "
                + file
                + ": line 1: the file has "
                + size
                + " bytes, more than the limit of "
                + LIMIT);
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
