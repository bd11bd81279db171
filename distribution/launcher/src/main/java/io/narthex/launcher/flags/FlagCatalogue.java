package io.narthex.launcher.flags;

import java.util.List;
import java.util.stream.Stream;

/** Every flag of the server, in the order of the help. */
public final class FlagCatalogue {
  static final List<String> REMOTE_WRITE_MESSAGES =
      List.of("prometheus.WriteRequest", "io.prometheus.write.v2.Request");

  private static final List<Flag> ALL =
      Stream.of(
              GeneralFlags.all(),
              WebFlags.all(),
              TsdbFlags.all(),
              AgentFlags.all(),
              ModuleFlags.all())
          .flatMap(List::stream)
          .toList();

  private FlagCatalogue() {}

  /** All flags, hidden ones included. */
  public static List<Flag> all() {
    return ALL;
  }
}
