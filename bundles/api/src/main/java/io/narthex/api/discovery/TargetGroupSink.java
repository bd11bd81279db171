package io.narthex.api.discovery;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Takes what a discoverer finds. */
@ProviderType
public interface TargetGroupSink {

  /** Groups that changed; sources that are not among them stay as they are. Does not block. */
  void update(List<TargetGroup> groups);
}
