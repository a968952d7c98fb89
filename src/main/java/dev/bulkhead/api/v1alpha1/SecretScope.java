package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

@JsonClassDescription("The secrets of an environment, and where each comes from. The entries of all SecretScopes of an"
        + " environment share one name space.")
@Group("bulkhead.dev")
@Version("v1alpha1")
@Plural("secretscopes")
@ShortNames("sscope")
@Categories("bulkhead")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Environment", jsonPath = ".spec.environmentRef.name")
@AdditionalPrinterColumn(name = "Entries", jsonPath = ".status.summary")
@AdditionalPrinterColumn(name = "Next", jsonPath = ".status.nextRotation")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
public final class SecretScope extends CustomResource<SecretScopeSpec, SecretScopeStatus> implements Namespaced {}
