package io.narthex.api.telemetry;

import org.osgi.annotation.versioning.ProviderType;

/** What was built, from what, and what runs it. */
@ProviderType
public interface BuildInfo {

  /** Narthex' own version. */
  String version();

  /**
   * The version that clients see, which is the reference's whose behaviour this one has, with our
   * own after a plus sign: clients decide by it what they may ask for.
   */
  String compatibleVersion();

  /** The commit it was built from; empty if the build was not told. */
  String revision();

  /** Empty if the build was not told. */
  String branch();

  /** Empty if the build was not told. */
  String buildUser();

  String buildDate();

  String javaVersion();
}
