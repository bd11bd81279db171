package io.narthex.api.discovery;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The targets that a manager has found. One service for each manager, with the property {@link
 * #MANAGER}.
 */
@ProviderType
public interface DiscoveredTargets {

  /** Service property, String: {@code scrape} or {@code notify}. */
  String MANAGER = "discovery.manager";

  /**
   * Waits until the targets differ from what the last call gave, throttled to once in 5 s with the
   * first one at once, and gives all of them: set name to groups. One caller at a time.
   */
  Map<String, List<TargetGroup>> await() throws InterruptedException;
}
