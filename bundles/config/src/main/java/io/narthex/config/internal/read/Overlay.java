package io.narthex.config.internal.read;

import io.narthex.api.config.ConfigNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Configuration Admin puts on top of the file.
 *
 * @param global keys that take the place of the file's, null for none
 * @param scrapeJobs further jobs
 */
public record Overlay(@Nullable ConfigNode global, List<ConfigNode> scrapeJobs) {

  public static final Overlay NONE = new Overlay(null, List.of());

  public Overlay {
    scrapeJobs = List.copyOf(scrapeJobs);
  }
}
