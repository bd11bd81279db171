package io.narthex.config.internal.actor;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.config.internal.read.Files;
import io.narthex.config.internal.read.Globs;
import io.narthex.config.internal.yaml.FieldValues;
import io.narthex.config.internal.yaml.YamlConfigNodes;
import io.narthex.config.internal.yaml.YamlSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over the configuration file and the files that it names as rules and scrape
 * configurations: the file's octets, then for each match of each pattern {@code r} or {@code s},
 * NUL, its path, NUL, its octets, NUL.
 */
final class Checksum {

  private Checksum() {}

  static String of(String file) throws ConfigurationException {
    MessageDigest digest = sha256();
    byte[] data = Files.read(file);
    digest.update(data);
    ConfigNode.Fields f =
        YamlConfigNodes.parse(YamlSource.mainFile(file), data).fields("config.ExternalFilesConfig");
    add(digest, "r", f, "rule_files");
    add(digest, "s", f, "scrape_config_files");
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String prefix, ConfigNode.Fields f, String key)
      throws ConfigurationException {
    for (ConfigNode pattern : FieldValues.list(f, key)) {
      for (String file : Globs.find(pattern.path())) {
        digest.update((prefix + "\0" + file + "\0").getBytes(StandardCharsets.UTF_8));
        digest.update(Files.read(file));
        digest.update((byte) 0);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
