package io.narthex.config.internal.read;

import io.narthex.api.discovery.DiscoveryProvider;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which discovery providers are installed, and which names have one somewhere. */
public final class DiscoveryKinds {

  /** The names of the reference. A section of one of them waits for its provider. */
  private static final Set<String> KNOWN =
      Set.of(
          "aws",
          "azure",
          "consul",
          "digitalocean",
          "dns",
          "docker",
          "dockerswarm",
          "ec2",
          "ecs",
          "elasticache",
          "eureka",
          "file",
          "gce",
          "hetzner",
          "http",
          "ionos",
          "kubernetes",
          "kuma",
          "lightsail",
          "linode",
          "marathon",
          "msk",
          "nerve",
          "nomad",
          "oci",
          "openstack",
          "outscale",
          "ovhcloud",
          "puppetdb",
          "rds",
          "scaleway",
          "serverset",
          "stackit",
          "triton",
          "uyuni",
          "vultr");

  private final Map<String, DiscoveryProvider> providers;

  public DiscoveryKinds(Map<String, DiscoveryProvider> providers) {
    this.providers = Map.copyOf(providers);
  }

  @Nullable DiscoveryProvider provider(String kind) {
    return providers.get(kind);
  }

  /**
   * Whether a section may wait for a provider of that name: any name may, as plug-ins bring their
   * own, but not one that is probably a mistyped known one.
   */
  boolean mayWait(String kind) {
    if (KNOWN.contains(kind)) {
      return true;
    }
    for (String known : KNOWN) {
      if (distanceAtMostOne(kind, known)) {
        return false;
      }
    }
    return !kind.isEmpty() && !kind.equals("static");
  }

  /** Whether one inserted, removed or replaced character makes the one of the other. */
  private static boolean distanceAtMostOne(String a, String b) {
    String longer = a.length() >= b.length() ? a : b;
    String shorter = a.length() >= b.length() ? b : a;
    if (longer.length() - shorter.length() > 1) {
      return false;
    }
    int i = 0;
    while (i < shorter.length() && shorter.charAt(i) == longer.charAt(i)) {
      i++;
    }
    int skip = longer.length() == shorter.length() ? 1 : 0;
    return longer
        .substring(Math.min(i + 1, longer.length()))
        .equals(shorter.substring(Math.min(i + skip, shorter.length())));
  }
}
