"""Every form looks like USWDS: labels, hints, errors that name their field, a summary of errors with links.

A page writes `{{ form }}`, or lays its fields out itself with `{{ form.amount.as_field_group }}` after
`{% include "forms/_error_summary.html" %}`. The widgets lie in `templates/django/forms/widgets/`.
"""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class UswdsRenderer(TemplatesSetting):
    """Renders forms, fields and widgets from the project's own templates."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"
