package io.narthex.api.lifecycle;

/** The cause given to an actor whose service goes, because its bundle is stopped or updated. */
public final class ServiceDeparted extends Exception {
  private static final long serialVersionUID = 1L;

  public ServiceDeparted(String actor) {
    super("the service of " + actor + " has gone", null, false, false);
  }
}
