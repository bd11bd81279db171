package io.narthex.storage.remote.internal.receive;

import java.util.ArrayList;
import java.util.List;

/**
 * How the receiver is set.
 *
 * @param accepted the messages that it takes
 * @param metadata whether the storage keeps metadata
 * @param startTimestamps whether start timestamps become samples of zero
 */
record ReceiverOptions(List<MessageKind> accepted, boolean metadata, boolean startTimestamps) {

  ReceiverOptions {
    accepted = List.copyOf(accepted);
    if (accepted.isEmpty()) {
      throw new IllegalArgumentException("no remote write message is accepted");
    }
  }

  /**
   * @param messages full names, several of them with commas between
   */
  static ReceiverOptions of(String[] messages, String[] features) {
    List<MessageKind> kinds = new ArrayList<>();
    for (String list : messages) {
      for (String name : list.split(",", -1)) {
        kinds.add(kind(name.trim()));
      }
    }
    List<String> on = List.of(features);
    return new ReceiverOptions(
        kinds,
        on.contains("metadata-wal-records"),
        on.contains("created-timestamp-zero-ingestion"));
  }

  private static MessageKind kind(String name) {
    for (MessageKind kind : MessageKind.values()) {
      if (kind.message().equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("unknown remote write message: " + name);
  }
}
