package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

@JsonClassDescription(
        "A sealed compartment for workloads: its namespaces, who may reach them, their network, secrets and"
                + " mesh. It lives in a hub namespace, the team's, beside the workloads that refer to it.")
@Group("bulkhead.dev")
@Version("v1alpha1")
@Plural("environments")
@ShortNames("bhenv")
@Categories("bulkhead")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Cluster", jsonPath = ".status.cluster")
@AdditionalPrinterColumn(name = "Drift", jsonPath = ".status.drift")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@ValidationRule(
        value = "!self.metadata.name.startsWith('mesh.')",
        message = "names that begin with 'mesh.' are those of the meshes of clusters: choose another")
public final class Environment extends CustomResource<EnvironmentSpec, EnvironmentStatus> implements Namespaced {}
