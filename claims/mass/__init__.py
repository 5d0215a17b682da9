"""Mass adjustment: many decided claims decided anew together, after a preview and a second person's word."""
