package io.narthex.storage.remote.internal.receive;

import io.narthex.api.storage.Storage;

/** Writes the series of one version's messages. For one thread at a time; may be used again. */
interface SeriesWriter {

  /**
   * Stores what the message holds, as far as its protocol allows parts of it to be stored.
   *
   * @param data the message from 0 to {@code length}, with room for careless reads behind
   * @param share for memory that the message makes the writer take
   * @param now milliseconds
   */
  Answer write(Storage storage, byte[] data, int length, ByteBudget.Share share, long now)
      throws RefusedException;
}
