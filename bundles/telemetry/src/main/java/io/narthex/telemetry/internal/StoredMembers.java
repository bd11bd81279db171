package io.narthex.telemetry.internal;

import io.narthex.api.telemetry.Metrics.Family;
import io.narthex.api.telemetry.Metrics.Registration;
import java.util.function.Function;

/** The members of a stored family, as one bundle holds them. */
final class StoredMembers<M> implements Family<M> {

  private final StoredFamily family;
  private final Function<String[], M> member;
  private final Registration handle;

  StoredMembers(StoredFamily family, Function<String[], M> member, Registration handle) {
    this.family = family;
    this.member = member;
    this.handle = handle;
  }

  @Override
  public M with(String... labelValues) {
    return member.apply(labelValues);
  }

  @Override
  public void remove(String... labelValues) {
    family.remove(labelValues);
  }

  @Override
  public void close() {
    handle.close();
  }
}
