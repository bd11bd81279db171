package io.narthex.assembler;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.Parameters;
import aQute.bnd.osgi.Instruction;
import aQute.bnd.osgi.Instructions;
import aQute.bnd.osgi.Processor;
import aQute.bnd.version.VersionRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The bundles that a {@code .bndrun} file resolved to, with their start levels. */
record RunDescription(List<RunBundle> bundles) {

  /** One of them. */
  record RunBundle(String symbolicName, VersionRange versions, int startLevel) {}

  static RunDescription read(Path file) throws IOException {
    List<RunBundle> bundles = new ArrayList<>();
    try (Processor description = new Processor()) {
      description.setProperties(file.toFile());
      Instructions levels = new Instructions(description.getMergedParameters("-startlevels"));
      Parameters resolved = description.getMergedParameters("-runbundles");
      for (Map.Entry<String, Attrs> entry : resolved.entrySet()) {
        Instruction match = levels.finder(entry.getKey());
        if (match == null) {
          throw new IOException(file + ": -startlevels has no level for " + entry.getKey());
        }
        bundles.add(
            new RunBundle(
                entry.getKey(),
                new VersionRange(entry.getValue().get("version", "0")),
                Integer.parseInt(levels.get(match).get("level"))));
      }
    }
    if (bundles.isEmpty()) {
      throw new IOException(file + ": has no -runbundles: resolve it first");
    }
    return new RunDescription(bundles);
  }
}
