package io.narthex.discovery.file.internal;

import io.narthex.api.discovery.TargetGroup;
import io.narthex.discovery.groups.internal.GroupDocument;
import io.narthex.discovery.groups.internal.GroupFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;

/** One file of target groups, JSON or YAML by its extension. */
final class GroupFile {

  /** Larger files are refused before they are read. */
  private static final int MAX_BYTES = 64 << 20;

  private GroupFile() {}

  /** What a file held, and when it was changed last. */
  record Content(List<TargetGroup> groups, long modifiedMillis) {}

  static Content read(Path file, GroupDocument document) throws IOException {
    long modified = Files.getLastModifiedTime(file).toMillis();
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new GroupFormatException(file + " is larger than " + MAX_BYTES + " bytes");
    }
    List<TargetGroup> groups =
        FilePattern.isJson(file.toString()) ? document.json(bytes) : document.tree(yaml(bytes));
    return new Content(groups, modified);
  }

  private static @Nullable Object yaml(byte[] bytes) throws GroupFormatException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(MAX_BYTES);
    options.setMaxAliasesForCollections(1000);
    try {
      return new Yaml(new TextConstructor(options)).load(new ByteArrayInputStream(bytes));
    } catch (YAMLException | IllegalArgumentException e) {
      throw new GroupFormatException("yaml: " + e.getMessage(), e);
    }
  }

  /** Takes every scalar but null as the text that stands there: labels and targets are texts. */
  private static final class TextConstructor extends SafeConstructor {
    TextConstructor(LoaderOptions options) {
      super(options);
      var text = yamlConstructors.get(Tag.STR);
      for (var tag : List.of(Tag.BOOL, Tag.INT, Tag.FLOAT, Tag.TIMESTAMP)) {
        yamlConstructors.put(tag, text);
      }
    }
  }
}
