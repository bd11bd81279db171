package io.narthex.config.internal.read;

import io.narthex.api.config.AzureAdConfig;
import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.GoogleIamConfig;
import io.narthex.api.config.SigV4Config;
import io.narthex.config.internal.yaml.FieldValues;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads how requests prove who they are to clouds. */
final class CloudAuthReader {

  private static final String TOKEN_FILE_VARIABLE = "AZURE_FEDERATED_TOKEN_FILE";
  private static final String TOKEN_FILE = "/var/run/secrets/azure/tokens/azure-identity-token";

  private CloudAuthReader() {}

  static @Nullable SigV4Config sigv4(@Nullable ConfigNode node) throws ConfigurationException {
    if (node == null || node.isNull()) {
      return null;
    }
    ConfigNode.Fields f = node.fields("sigv4.plain");
    SigV4Config c =
        new SigV4Config(
            f.text("region", ""),
            f.text("access_key", ""),
            FieldValues.secret(f, "secret_key"),
            f.text("profile", ""),
            f.text("role_arn", ""),
            f.text("external_id", ""),
            f.bool("use_fips_sts_endpoint", false),
            f.text("service_name", ""));
    f.end();
    if (c.accessKey().isEmpty() != c.secretKey().isEmpty()) {
      throw node.error(
          "must provide a AWS SigV4 Access key and Secret Key if credentials are specified in the"
              + " SigV4 config");
    }
    if (!c.externalId().isEmpty() && c.roleArn().isEmpty()) {
      throw node.error("external_id can only be used with role_arn");
    }
    return c;
  }

  static @Nullable GoogleIamConfig googleIam(@Nullable ConfigNode node)
      throws ConfigurationException {
    if (node == null || node.isNull()) {
      return null;
    }
    ConfigNode.Fields f = node.fields("googleiam.Config");
    GoogleIamConfig c = new GoogleIamConfig(f.text("credentials_file", ""));
    f.end();
    return c;
  }

  static @Nullable AzureAdConfig azureAd(
      @Nullable ConfigNode node, Function<String, @Nullable String> environment)
      throws ConfigurationException {
    if (node == null || node.isNull()) {
      return null;
    }
    ConfigNode.Fields f = node.fields("azuread.plain");
    String cloud = f.text("cloud", "");
    AzureAdConfig c =
        new AzureAdConfig(
            managedIdentity(f.find("managed_identity")),
            workloadIdentity(f.find("workload_identity"), environment),
            oauth(f.find("oauth")),
            sdk(f.find("sdk")),
            certificate(f.find("certificate")),
            cloud.isEmpty() ? "AzurePublic" : cloud,
            f.text("scope", ""));
    f.end();
    checkAzure(node, c);
    return c;
  }

  private static void checkAzure(ConfigNode node, AzureAdConfig c) throws ConfigurationException {
    if (!Set.of("AzurePublic", "AzureChina", "AzureGovernment").contains(c.cloud())) {
      throw node.error("must provide a cloud in the Azure AD config");
    }
    int ways =
        (c.managedIdentity() == null ? 0 : 1)
            + (c.workloadIdentity() == null ? 0 : 1)
            + (c.oauth() == null ? 0 : 1)
            + (c.sdk() == null ? 0 : 1)
            + (c.certificate() == null ? 0 : 1);
    if (ways == 0) {
      throw node.error(
          "must provide an Azure Managed Identity, Azure Workload Identity, Azure OAuth, Azure"
              + " Certificate or Azure SDK in the Azure AD config");
    }
    if (ways > 1) {
      throw node.error("cannot provide multiple authentication methods in the Azure AD config");
    }
    if (!isScope(c.scope())) {
      throw node.error("the provided scope contains invalid characters");
    }
  }

  private static AzureAdConfig.@Nullable ManagedIdentity managedIdentity(@Nullable ConfigNode node)
      throws ConfigurationException {
    if (node == null || node.isNull()) {
      return null;
    }
    ConfigNode.Fields f = node.fields("azuread.ManagedIdentityConfig");
    String client = f.text("client_id", "");
    f.end();
    if (!client.isEmpty() && !isUuid(client)) {
      throw node.error("the provided Azure Managed Identity client_id is invalid");
    }
    return new AzureAdConfig.ManagedIdentity(client);
  }

  private static AzureAdConfig.@Nullable WorkloadIdentity workloadIdentity(
      @Nullable ConfigNode node, Function<String, @Nullable String> environment)
      throws ConfigurationException {
    if (node == null || node.isNull()) {
      return null;
    }
    ConfigNode.Fields f = node.fields("azuread.WorkloadIdentityConfig");
    String client = f.text("client_id", "");
    String tenant = f.text("tenant_id", "");
    String file = f.text("token_file_path", "");
    f.end();
    require(node, client, "Workload Identity client_id");
    require(node, tenant, "Workload Identity tenant_id");
    checkUuid(node, client, "Workload Identity client_id");
    checkUuid(node, tenant, "Workload Identity tenant_id");
    if (file.isEmpty()) {
      String advertised = environment.apply(TOKEN_FILE_VARIABLE);
      file = advertised == null || advertised.isEmpty() ? TOKEN_FILE : advertised;
    }
    return new AzureAdConfig.WorkloadIdentity(client, tenant, file);
  }

  private static AzureAdConfig.@Nullable OAuth oauth(@Nullable ConfigNode node)
      throws ConfigurationException {
    if (node == null || node.isNull()) {
      return null;
    }
    ConfigNode.Fields f = node.fields("azuread.OAuthConfig");
    AzureAdConfig.OAuth c =
        new AzureAdConfig.OAuth(
            f.text("client_id", ""),
            FieldValues.secret(f, "client_secret"),
            f.text("tenant_id", ""));
    f.end();
    require(node, c.clientId(), "OAuth client_id");
    require(node, c.clientSecret().reveal(), "OAuth client_secret");
    require(node, c.tenantId(), "OAuth tenant_id");
    checkUuid(node, c.clientId(), "OAuth client_id");
    return c;
  }

  private static AzureAdConfig.@Nullable Sdk sdk(@Nullable ConfigNode node)
      throws ConfigurationException {
    if (node == null || node.isNull()) {
      return null;
    }
    ConfigNode.Fields f = node.fields("azuread.SDKConfig");
    AzureAdConfig.Sdk c = new AzureAdConfig.Sdk(f.text("tenant_id", ""));
    f.end();
    return c;
  }

  private static AzureAdConfig.@Nullable Certificate certificate(@Nullable ConfigNode node)
      throws ConfigurationException {
    if (node == null || node.isNull()) {
      return null;
    }
    ConfigNode.Fields f = node.fields("azuread.CertificateConfig");
    AzureAdConfig.Certificate c =
        new AzureAdConfig.Certificate(
            f.text("client_id", ""),
            f.text("tenant_id", ""),
            f.text("certificate_path", ""),
            f.text("certificate_key_path", ""),
            FieldValues.secret(f, "certificate_password"),
            f.bool("send_certificate_chain", false));
    f.end();
    require(node, c.clientId(), "Certificate client_id");
    require(node, c.tenantId(), "Certificate tenant_id");
    require(node, c.certificatePath(), "Certificate certificate_path");
    checkUuid(node, c.clientId(), "Certificate client_id");
    return c;
  }

  private static void require(ConfigNode node, String value, String what)
      throws ConfigurationException {
    if (value.isEmpty()) {
      throw node.error("must provide an Azure " + what + " in the Azure AD config");
    }
  }

  private static void checkUuid(ConfigNode node, String value, String what)
      throws ConfigurationException {
    if (!isUuid(value)) {
      throw node.error("the provided Azure " + what + " is invalid");
    }
  }

  /** Plain, in braces, as a URN, or without hyphens. */
  private static boolean isUuid(String value) {
    String s = value;
    if (s.length() == 45 && s.regionMatches(true, 0, "urn:uuid:", 0, 9)) {
      s = s.substring(9);
    } else if (s.length() == 38 && s.charAt(0) == '{' && s.charAt(37) == '}') {
      s = s.substring(1, 37);
    }
    boolean hyphens = s.length() == 36;
    if (!hyphens && s.length() != 32) {
      return false;
    }
    for (int i = 0; i < s.length(); i++) {
      boolean hyphen = hyphens && (i == 8 || i == 13 || i == 18 || i == 23);
      char c = s.charAt(i);
      if (hyphen ? c != '-' : c > 'f' || Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isScope(String scope) {
    for (int i = 0; i < scope.length(); i++) {
      char c = scope.charAt(i);
      boolean ok =
          (c >= '0' && c <= '9')
              || (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || "_ \t\n\f\r:/.-".indexOf(c) >= 0;
      if (!ok) {
        return false;
      }
    }
    return true;
  }
}
