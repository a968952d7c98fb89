package dev.bulkhead.api.v1alpha1;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

@Group("bulkhead.dev")
@Version("v1alpha1")
@Plural("environmentclasses")
@ShortNames("envclass")
public final class EnvironmentClass extends CustomResource<EnvironmentClassSpec, EnvironmentClassStatus> {}
