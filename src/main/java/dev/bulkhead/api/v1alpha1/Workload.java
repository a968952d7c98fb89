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

@JsonClassDescription("One service of an environment: what runs, whom it calls, what it needs. Or, with a selector, the"
        + " same for pods that somebody else delivers.")
@Group("bulkhead.dev")
@Version("v1alpha1")
@Plural("workloads")
@ShortNames("wl")
@Categories("bulkhead")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Environment", jsonPath = ".spec.environmentRef.name")
@AdditionalPrinterColumn(name = "Pods", jsonPath = ".status.readyReplicas", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Image", jsonPath = ".spec.image", priority = 1)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@ValidationRule(
        value = "has(self.spec.name) || self.metadata.name.size() <= " + Syntax.WORKLOAD_LENGTH
                + " && self.metadata.name.matches('" + Syntax.WORKLOAD + "')",
        message =
                "metadata.name cannot serve as the workload's name: set spec.name, at most 52 lower-case letters, digits"
                        + " and '-', starting with a letter")
@ValidationRule(
        value = "(has(self.spec.name) ? self.spec.name : self.metadata.name) =="
                + " (has(oldSelf.spec.name) ? oldSelf.spec.name : oldSelf.metadata.name)",
        message = "spec.name is immutable: make a new Workload with the new name, then delete this one")
public final class Workload extends CustomResource<WorkloadSpec, WorkloadStatus> implements Namespaced {

    /** What the environment calls it: {@code spec.name}, else {@code metadata.name}. */
    public String name() {
        return Absent.or(getSpec().name(), getMetadata().getName());
    }
}
