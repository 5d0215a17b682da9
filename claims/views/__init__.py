"""The pages of claims, files, remittances and edits. Each view names who may open it; none holds a rule."""
