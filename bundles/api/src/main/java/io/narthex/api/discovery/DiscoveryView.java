package io.narthex.api.discovery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** What discovery is doing, for people. */
@ProviderType
public interface DiscoveryView {

  /** The state of one section or of the discoverer that equal sections share. */
  enum State {
    RUNNING,
    /** Its run has returned; its targets stay. */
    FINISHED,
    /** The provider's bundle is not installed. */
    WAITING_FOR_PROVIDER,
    /** The provider has gone; its last targets are kept until the grace ends. */
    KEPT_IN_GRACE,
    FAILED
  }

  /**
   * @param manager {@code scrape} or {@code notify}
   * @param name for instance {@code file/3}
   * @param sets the jobs that use it
   * @param bundle of the provider, empty while it is missing
   * @param targets found now
   * @param lastUpdate null before the first
   */
  record SectionStatus(
      String manager,
      String kind,
      String name,
      List<String> sets,
      String bundle,
      State state,
      int targets,
      @Nullable Instant lastUpdate,
      @Nullable String lastError) {}

  /** Installed providers: kind and bundle. */
  record ProviderStatus(String kind, String bundle) {}

  List<SectionStatus> sections();

  List<ProviderStatus> providers();
}
